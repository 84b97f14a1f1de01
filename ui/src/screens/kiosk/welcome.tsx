// Before a language is chosen: the screen that invites, and the choice.

import { type ReactNode, useEffect } from "react";
import { textsIn, useBrand } from "../../app/brand";
import { brandCurrent, queryClient } from "../../app/queries";
import { type KioskKey, kioskLanguage, ownName, translate, useText } from "../../i18n";
import { Button } from "../../parts/button";
import { Logo } from "../../parts/icon";
import { StepHeading } from "../../parts/page";
import type { KioskSettings } from "../../rpc/schema";
import { testIds } from "../../testids";
import type { IntakeFlow } from "./flow";
import { ComfortButton, Trouble } from "./frame";

interface WelcomeProps {
  readonly clinic: string | null;
  readonly languages: readonly string[];
  readonly flow: IntakeFlow;
  /** Calls a person. */
  readonly onPerson: () => void;
  readonly onComfort: () => void;
}

/** What stands on the screen while nobody does. Touching it anywhere begins. */
export function Attract(
  props: WelcomeProps & {
    readonly greeting: KioskSettings["welcome"];
    readonly onBegin: () => void;
    /** None where nobody can take the kiosk down: it is only rehearsed. */
    readonly onStaff: (() => void) | null;
  },
) {
  const { t } = useText();
  const brand = useBrand();
  // An administrator may have changed it since the last patient.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: brandCurrent.queryKey }), []);
  // The clinic's own greeting goes before the brand's.
  const greetings = textsIn(props.languages, { ...brand?.welcome, ...props.greeting });
  const legal = textsIn(props.languages, brand?.legal ?? {});
  return (
    <div className="welcome attract" data-testid={testIds.kiosk.welcome}>
      <header className="welcome-head">
        <Logo ground="dark" />
        <span>{props.clinic ?? t("app.name")}</span>
      </header>
      <main className="welcome-main">
        <h1 className="attract-title">
          <Each languages={props.languages} say="kiosk.welcome.title" />
        </h1>
        {greetings.length > 0 && (
          <div className="attract-text">
            {greetings.map(([language, text]) => (
              <p key={language} lang={language} dir="auto">
                {text}
              </p>
            ))}
          </div>
        )}
        <Trouble failure={props.flow.failure} />
        <Button
          className="attract-begin"
          autoFocus
          isDisabled={props.flow.busy}
          onPress={props.onBegin}
          data-testid={testIds.kiosk.begin}
        >
          <Each languages={props.languages} say="kiosk.attract.touch" />
        </Button>
        {legal.length > 0 && (
          <div className="attract-legal" data-testid={testIds.brand.legal}>
            {legal.map(([language, text]) => (
              <p key={language} lang={language} dir="auto">
                {text}
              </p>
            ))}
          </div>
        )}
      </main>
      <footer className="welcome-foot">
        <PersonInEveryLanguage {...props} />
        <ComfortButton onPress={props.onComfort} />
        {props.onStaff !== null && (
          <Button
            look="bare"
            icon="lock"
            className="welcome-staff"
            onPress={props.onStaff}
            data-testid={testIds.kiosk.staff}
          >
            {t("kiosk.welcome.staff")}
          </Button>
        )}
      </footer>
    </div>
  );
}

/** Every language is called by its own name, so that nobody has to find the right one first. */
export function LanguageChoice(props: WelcomeProps & { readonly onBack: () => void }) {
  const { t } = useText();
  const { flow } = props;
  return (
    <div className="welcome" data-testid={testIds.kiosk.languages}>
      <header className="welcome-head">
        <Logo ground="dark" />
        <span>{props.clinic ?? t("app.name")}</span>
      </header>
      <main className="welcome-main">
        <StepHeading className="welcome-title">
          <Each languages={props.languages} say="kiosk.language.title" />
        </StepHeading>
        <Trouble failure={flow.failure} />
        <ul className="welcome-languages">
          {props.languages.map((id) => (
            <li key={id} lang={id} dir={id === "ar" ? "rtl" : "ltr"}>
              <Button
                className="welcome-language"
                isDisabled={flow.busy}
                onPress={() => flow.begin(id)}
                iconAfter="forward"
                data-testid={testIds.kiosk.start(id)}
              >
                <span className="welcome-name">{ownName(id)}</span>
                <span className="welcome-hint">{translate(kioskLanguage(id), "kiosk.welcome.time")}</span>
              </Button>
            </li>
          ))}
        </ul>
      </main>
      <footer className="welcome-foot">
        <Button icon="back" className="welcome-back" onPress={props.onBack} data-testid={testIds.kiosk.back}>
          {t("kiosk.back")}
        </Button>
        <ComfortButton onPress={props.onComfort} />
        <PersonInEveryLanguage {...props} />
      </footer>
    </div>
  );
}

function PersonInEveryLanguage(props: WelcomeProps) {
  return (
    <Button
      icon="hand"
      className="welcome-person"
      isDisabled={props.flow.busy}
      onPress={props.onPerson}
      data-testid={testIds.kiosk.person}
    >
      <Each languages={props.languages} say="kiosk.person" />
    </Button>
  );
}

/** A sentence in each language, one below the other. */
function Each(props: { readonly languages: readonly string[]; readonly say: PlainKey }): ReactNode {
  return props.languages.map((id) => (
    <span key={id} lang={id} dir="auto" className="each">
      {translate(kioskLanguage(id), props.say)}
    </span>
  ));
}

type PlainKey = Extract<
  KioskKey,
  "kiosk.welcome.title" | "kiosk.attract.touch" | "kiosk.language.title" | "kiosk.person"
>;
