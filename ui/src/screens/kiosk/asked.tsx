// Words of a questionnaire that has no translation into the language on the screen: marked with their own, so that they are
// read and laid out rightly.

import { createContext, type ReactNode, useContext } from "react";
import { baseOf, directionOf, nameOf, useText } from "../../i18n";
import { Icon } from "../../parts/icon";

const Context = createContext<string | null>(null);

/** Says which language the questions are in. */
export function AskedIn(props: { readonly language: string; readonly children: ReactNode }) {
  return <Context.Provider value={props.language}>{props.children}</Context.Provider>;
}

function useOther(): string | null {
  const asked = useContext(Context);
  const { language } = useText();
  return asked === null || baseOf(asked) === baseOf(language) ? null : asked;
}

/** Words of the questionnaire. */
export function Asked({ children }: { readonly children: ReactNode }) {
  const other = useOther();
  if (other === null) return children;
  return (
    <bdi lang={other} dir={directionOf(other)}>
      {children}
    </bdi>
  );
}

/** The note above questions that are in another language than the screen. */
export function OtherLanguage() {
  const other = useOther();
  const { t, language } = useText();
  if (other === null) return null;
  return (
    <p className="kiosk-note">
      <Icon name="language" />
      <span>{t("kiosk.fallback", { language: nameOf(other, language) })}</span>
    </p>
  );
}
