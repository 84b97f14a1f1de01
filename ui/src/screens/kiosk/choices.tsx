// Answers by touch: yes or no, options, a scale.

import { Checkbox, CheckboxGroup, Input, Label, Radio, RadioGroup, TextField } from "react-aria-components";
import { useText } from "../../i18n";
import { OTHER, settle } from "../../logic/choice";
import { Icon } from "../../parts/icon";
import type { ChoiceOption } from "../../rpc/schema";
import { testIds } from "../../testids";
import { Asked } from "./asked";

interface Named {
  /** The id of the heading that asks. */
  readonly labelledBy: string;
  readonly describedBy?: string | undefined;
}

export function YesNo(
  props: Named & {
    readonly value: string | null;
    readonly onChange: (value: "yes" | "no") => void;
    readonly yesTestId: string;
    readonly noTestId: string;
  },
) {
  const { t } = useText();
  return (
    <RadioGroup
      className="cards cards-pair"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      value={props.value}
      onChange={(value) => props.onChange(value === "yes" ? "yes" : "no")}
    >
      <Radio value="yes" className="card card-big" data-testid={props.yesTestId}>
        <span className="card-mark card-mark-round" />
        {t("kiosk.yes")}
      </Radio>
      <Radio value="no" className="card card-big" data-testid={props.noTestId}>
        <span className="card-mark card-mark-round" />
        {t("kiosk.no")}
      </Radio>
    </RadioGroup>
  );
}

export function Choices(
  props: Named & {
    readonly options: readonly ChoiceOption[];
    readonly several: boolean;
    readonly open: boolean;
    readonly chosen: readonly string[];
    readonly otherText: string;
    readonly onChoose: (chosen: readonly string[]) => void;
    readonly onOtherText: (text: string) => void;
  },
) {
  const { t } = useText();
  const look = props.options.length > 6 ? "cards cards-columns" : "cards";
  const all = [
    ...props.options.map((option) => ({
      code: option.code,
      label: <Asked>{option.display}</Asked>,
      testId: testIds.kiosk.option(option.code),
    })),
    ...(props.open ? [{ code: OTHER, label: <>{t("kiosk.other")}</>, testId: testIds.kiosk.other }] : []),
  ];
  return (
    <>
      {props.several ? (
        <CheckboxGroup
          className={look}
          aria-labelledby={props.labelledBy}
          aria-describedby={props.describedBy}
          value={[...props.chosen]}
          onChange={(next) => props.onChoose(settle(props.chosen, next, props.options))}
        >
          {all.map((option) => (
            <Checkbox key={option.code} value={option.code} className="card" data-testid={option.testId}>
              <span className="card-mark">
                <Icon name="check" />
              </span>
              {option.label}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : (
        <RadioGroup
          className={look}
          aria-labelledby={props.labelledBy}
          aria-describedby={props.describedBy}
          value={props.chosen[0] ?? null}
          onChange={(code) => props.onChoose([code])}
        >
          {all.map((option) => (
            <Radio key={option.code} value={option.code} className="card" data-testid={option.testId}>
              <span className="card-mark card-mark-round" />
              {option.label}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {props.chosen.includes(OTHER) && (
        <TextField
          className="kiosk-field"
          value={props.otherText}
          onChange={props.onOtherText}
          autoFocus
          autoComplete="off"
        >
          <Label>{t("kiosk.other-text")}</Label>
          <Input
            dir="auto"
            autoCapitalize="sentences"
            data-testid={testIds.kiosk.otherText}
            autoCorrect="off"
            spellCheck={false}
          />
        </TextField>
      )}
    </>
  );
}

export function Scale(
  props: Named & {
    readonly numbers: readonly number[];
    readonly value: string;
    readonly onChange: (value: string) => void;
  },
) {
  const { t } = useText();
  const [least, most] = [props.numbers[0] ?? 0, props.numbers.at(-1) ?? 0];
  return (
    <div className="scale">
      <RadioGroup
        className="scale-row"
        orientation="horizontal"
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        value={props.value === "" ? null : props.value}
        onChange={props.onChange}
      >
        {props.numbers.map((number) => (
          <Radio
            key={number}
            value={String(number)}
            className="scale-number"
            data-testid={testIds.kiosk.scale(number)}
          >
            {number}
          </Radio>
        ))}
      </RadioGroup>
      <div className="scale-ends" aria-hidden="true">
        <span>{t("kiosk.scale-least", { least })}</span>
        <span>{t("kiosk.scale-most", { most })}</span>
      </div>
    </div>
  );
}
