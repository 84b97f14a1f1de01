// The quiet page in the middle of the screen: set-up, unlocking, sign-in.

import { type ReactNode, useEffect, useRef } from "react";
import { ownName, SCREEN_LANGUAGES, setLanguage, useText } from "../i18n";
import { testIds } from "../testids";
import { OptionField } from "./field";
import { Logo } from "./icon";

export function QuietPage(props: {
  readonly children: ReactNode;
  readonly name?: string | null;
  readonly wide?: boolean;
  readonly withLanguage?: boolean;
}) {
  const { t } = useText();
  return (
    <div className="quiet">
      <header className="quiet-head">
        <Logo ground="light" />
        <span className="quiet-name">{props.name ?? t("app.name")}</span>
        {props.withLanguage && <LanguageSwitch />}
      </header>
      <main className={props.wide ? "quiet-main quiet-wide" : "quiet-main"}>{props.children}</main>
    </div>
  );
}

/** Changes the language of this screen. */
export function LanguageSwitch() {
  const { t, language } = useText();
  return (
    <OptionField
      label={t("app.language")}
      hideLabel
      look="segments"
      value={language}
      onChange={setLanguage}
      options={SCREEN_LANGUAGES.map((id) => ({
        id,
        label: ownName(id),
        lang: id,
        testId: testIds.signIn.language(id),
      }))}
    />
  );
}

/** A heading that takes the focus when it appears, so that a step is read from its beginning. */
export function StepHeading(props: {
  readonly children: ReactNode;
  readonly className?: string;
  readonly id?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={props.className ?? "title"} id={props.id}>
      {props.children}
    </h1>
  );
}
