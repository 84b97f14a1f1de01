// The first screen: the language, and whether the clinic is new or comes from a backup.

import { useState } from "react";
import { ownName, SCREEN_LANGUAGES, setLanguage, useText } from "../../i18n";
import { Form, OptionField } from "../../parts/field";
import { StepHeading } from "../../parts/page";
import { testIds } from "../../testids";
import { StepButtons } from "./frame";

const WAYS = ["new", "restore"] as const;
type Way = (typeof WAYS)[number];

export function Welcome({
  onNew,
  onRestore,
}: {
  readonly onNew: () => void;
  readonly onRestore: () => void;
}) {
  const { t, language } = useText();
  const [way, setWay] = useState<Way>("new");
  return (
    <Form onSubmit={way === "new" ? onNew : onRestore}>
      <StepHeading>{t("setup.welcome.title")}</StepHeading>
      <p className="lead">{t("setup.welcome.text")}</p>
      <OptionField
        label={t("setup.language")}
        help={t("setup.language-help")}
        look="segments"
        value={language}
        onChange={setLanguage}
        options={SCREEN_LANGUAGES.map((id) => ({
          id,
          label: ownName(id),
          lang: id,
          testId: testIds.setup.language(id),
        }))}
      />
      <OptionField
        label={t("setup.welcome.way")}
        value={way}
        onChange={(id) => setWay(WAYS.find((known) => known === id) ?? "new")}
        options={WAYS.map((id) => ({
          id,
          label: t(`setup.welcome.${id}`),
          help: t(`setup.welcome.${id}-help`),
          testId: testIds.setup.way(id),
        }))}
      />
      <StepButtons next={t("setup.next")} />
    </Form>
  );
}
