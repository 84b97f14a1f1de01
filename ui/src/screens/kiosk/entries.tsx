// Answers by number and word: a number, an amount with its unit, a date, text.

import { useRef, useState } from "react";
import { Group, Input, Label, Radio, RadioGroup, Text, TextArea, TextField } from "react-aria-components";
import { localeOf, useText } from "../../i18n";
import { type DateParts, monthName } from "../../logic/date";
import { europeanDigits } from "../../logic/digits";
import { lengthOf } from "../../logic/text";
import { Button, IconButton } from "../../parts/button";
import { Icon } from "../../parts/icon";
import type { ChoiceOption } from "../../rpc/schema";
import { testIds } from "../../testids";
import { Asked } from "./asked";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const MOST_DIGITS = 9;

/** Number keys for a screen without a keyboard. */
export function Keypad(props: {
  readonly onKey: (key: string) => void;
  readonly onDelete: () => void;
  readonly point?: boolean;
}) {
  const { t } = useText();
  const key = (digit: string) => (
    <Button
      key={digit}
      className="key"
      onPress={() => props.onKey(digit)}
      data-testid={testIds.kiosk.key(digit)}
    >
      {digit}
    </Button>
  );
  return (
    <Group className="keypad" aria-label={t("kiosk.keypad")}>
      {DIGITS.map(key)}
      {props.point ? (
        <Button
          className="key"
          aria-label={t("kiosk.keypad-point")}
          onPress={() => props.onKey(".")}
          data-testid={testIds.kiosk.key("point")}
        >
          {"."}
        </Button>
      ) : (
        <span />
      )}
      {key("0")}
      <IconButton
        icon="backspace"
        className="key"
        label={t("kiosk.keypad-delete")}
        onPress={props.onDelete}
        data-testid={testIds.kiosk.key("delete")}
      />
    </Group>
  );
}

export function NumberEntry(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly whole: boolean;
}) {
  return (
    <div className="number">
      <TextField
        className="kiosk-field number-field"
        aria-label={props.label}
        value={props.value}
        onChange={props.onChange}
        autoComplete="off"
      >
        <Input
          inputMode="none"
          maxLength={MOST_DIGITS}
          autoCorrect="off"
          spellCheck={false}
          data-testid={testIds.kiosk.number}
        />
      </TextField>
      <Keypad
        point={!props.whole}
        onKey={(key) => {
          if (props.value.length < MOST_DIGITS && !(key === "." && props.value.includes("."))) {
            props.onChange(props.value + key);
          }
        }}
        onDelete={() => props.onChange(props.value.slice(0, -1))}
      />
    </div>
  );
}

export function UnitChoice(props: {
  readonly units: readonly ChoiceOption[];
  readonly value: string | null;
  readonly onChange: (code: string) => void;
}) {
  const { t } = useText();
  return (
    <RadioGroup
      className="units"
      value={props.value}
      onChange={props.onChange}
      aria-label={t("kiosk.unit")}
      orientation="horizontal"
    >
      {props.units.map((unit) => (
        <Radio
          key={unit.code}
          value={unit.code}
          className="card unit"
          data-testid={testIds.kiosk.unit(unit.code)}
        >
          <span className="card-mark card-mark-round" />
          <Asked>{unit.display}</Asked>
        </Radio>
      ))}
    </RadioGroup>
  );
}

const PARTS = ["day", "month", "year"] as const;
type Part = (typeof PARTS)[number];
const LENGTH: Record<Part, number> = { day: 2, month: 2, year: 4 };

export function DateEntry(props: {
  readonly value: DateParts;
  readonly onChange: (value: DateParts) => void;
  readonly labelledBy: string;
}) {
  const { t, language } = useText();
  const [target, setTarget] = useState<Part>("day");
  const inputs = useRef<Partial<Record<Part, HTMLInputElement | null>>>({});
  const labels: Record<Part, string> = {
    day: t("kiosk.date.day"),
    month: t("kiosk.date.month"),
    year: t("kiosk.date.year"),
  };
  const ids = { day: testIds.kiosk.day, month: testIds.kiosk.month, year: testIds.kiosk.year };
  const month = Number(props.value.month);

  function change(part: Part, typed: string) {
    const digits = europeanDigits(typed).replace(/\D/g, "").slice(0, LENGTH[part]);
    props.onChange({ ...props.value, [part]: digits });
    const next = PARTS[PARTS.indexOf(part) + 1];
    if (digits.length === LENGTH[part] && digits.length > props.value[part].length && next !== undefined) {
      setTarget(next);
      inputs.current[next]?.focus();
    }
  }

  function erase() {
    if (props.value[target] !== "") return change(target, props.value[target].slice(0, -1));
    const before = PARTS[PARTS.indexOf(target) - 1];
    if (before === undefined) return;
    setTarget(before);
    change(before, props.value[before].slice(0, -1));
  }

  return (
    <div className="number">
      <Group className="date" aria-labelledby={props.labelledBy}>
        {PARTS.map((part) => (
          <TextField
            key={part}
            className={`kiosk-field date-part date-${part}${target === part ? " date-target" : ""}`}
            value={props.value[part]}
            onChange={(typed) => change(part, typed)}
            autoComplete="off"
          >
            <Label>{labels[part]}</Label>
            <Input
              ref={(input) => {
                inputs.current[part] = input;
              }}
              inputMode="none"
              onFocus={() => setTarget(part)}
              data-testid={ids[part]}
            />
            {part === "month" && (
              <Text slot="description" className="date-month-name">
                {month >= 1 && month <= 12 ? monthName(month, localeOf(language)) : "\u00a0"}
              </Text>
            )}
          </TextField>
        ))}
      </Group>
      <Keypad onKey={(key) => change(target, props.value[target] + key)} onDelete={erase} />
    </div>
  );
}

export function WordsEntry(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lines: "one" | "several";
  readonly maxLength: number | null;
  readonly testId?: string;
  /** What begins with a capital letter on the keyboard on the screen. */
  readonly capitals?: "words" | "sentences";
  /** Where several can be given: those that were added, and how one more is. */
  readonly several?: {
    readonly added: readonly string[];
    readonly onAdded: (added: readonly string[]) => void;
  } | null;
}) {
  const { t } = useText();
  const left = props.maxLength === null ? null : props.maxLength - lengthOf(props.value);
  const testId = props.testId ?? testIds.kiosk.text;
  const { several, capitals = "sentences" } = props;
  const field = (
    <TextField
      className="kiosk-field"
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      autoComplete="off"
    >
      {props.lines === "one" ? (
        <Input
          dir="auto"
          autoCapitalize={capitals}
          autoCorrect="off"
          spellCheck={false}
          data-testid={testId}
        />
      ) : (
        <TextArea
          dir="auto"
          rows={4}
          autoCapitalize={capitals}
          autoCorrect="off"
          spellCheck={false}
          data-testid={testId}
        />
      )}
      {left !== null && left < 100 && (
        <Text slot="description" className="kiosk-left">
          {left < 0 && <Icon name="alarm" />}
          {t("kiosk.characters-left", { count: left })}
        </Text>
      )}
    </TextField>
  );
  if (several === undefined || several === null) return field;
  const { added, onAdded } = several;
  return (
    <div className="several">
      {added.length > 0 && (
        <ul className="several-added">
          {added.map((words, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same words may stand twice; the place is what counts.
            <li key={index}>
              <span>{words}</span>
              <IconButton
                icon="close"
                label={t("kiosk.remove", { words })}
                onPress={() => onAdded(added.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {field}
      <Button
        icon="plus"
        className="several-more"
        isDisabled={props.value.trim() === ""}
        onPress={() => onAdded([...added, props.value.trim()])}
        data-testid={testIds.kiosk.addAnother}
      >
        {t("kiosk.add-another")}
      </Button>
    </div>
  );
}
