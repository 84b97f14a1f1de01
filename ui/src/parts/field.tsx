// Fields with their label, their explanation and, beside them, what is wrong with them.

import { type ComponentProps, type ReactNode, type Ref, useState } from "react";
import {
  TextField as AriaTextField,
  Checkbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  ToggleButton,
} from "react-aria-components";
import { useText } from "../i18n";
import { Icon } from "./icon";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  /** What is wrong; none where nothing is, or nothing was checked yet. */
  readonly problem?: string | null | undefined;
  readonly testId: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly autoComplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "email";
  readonly spellCheck?: boolean;
  readonly maxLength?: number;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField
      className={["field", props.className ?? ""].join(" ").trim()}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.problem)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.autoComplete ?? "off"}
      validationBehavior="aria"
    >
      <Label>{props.label}</Label>
      {props.help !== undefined && (
        <Text slot="description" className="field-help">
          {props.help}
        </Text>
      )}
      <Input
        ref={props.inputRef}
        data-testid={props.testId}
        inputMode={props.inputMode ?? "text"}
        spellCheck={props.spellCheck ?? false}
        autoCapitalize="none"
        autoCorrect="off"
        {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      />
      <FieldError className="field-problem">{props.problem}</FieldError>
    </AriaTextField>
  );
}

/** A secret, hidden until its owner asks to see it. */
export function SecretField(props: FieldProps & { readonly autoComplete?: string }) {
  const { t } = useText();
  const [shown, setShown] = useState(false);
  return (
    <AriaTextField
      className="field"
      type={shown ? "text" : "password"}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.problem)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.autoComplete ?? "off"}
      validationBehavior="aria"
    >
      <Label>{props.label}</Label>
      {props.help !== undefined && (
        <Text slot="description" className="field-help">
          {props.help}
        </Text>
      )}
      <div className="secret">
        <Input data-testid={props.testId} spellCheck={false} autoCapitalize="none" autoCorrect="off" />
        <ToggleButton
          className="secret-toggle"
          isSelected={shown}
          onChange={setShown}
          aria-label={
            shown ? t("app.hide-field", { field: props.label }) : t("app.show-field", { field: props.label })
          }
        >
          {shown ? t("app.hide") : t("app.show")}
        </ToggleButton>
      </div>
      <FieldError className="field-problem">{props.problem}</FieldError>
    </AriaTextField>
  );
}

/** Text of several lines. */
export function TextAreaField(
  props: FieldProps & { readonly rows?: number; readonly placeholder?: string; readonly className?: string },
) {
  return (
    <AriaTextField
      className={["field", props.className ?? ""].join(" ").trim()}
      value={props.value}
      onChange={props.onChange}
      isInvalid={Boolean(props.problem)}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete="off"
      validationBehavior="aria"
    >
      <Label>{props.label}</Label>
      {props.help !== undefined && (
        <Text slot="description" className="field-help">
          {props.help}
        </Text>
      )}
      <TextArea
        data-testid={props.testId}
        rows={props.rows ?? 4}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      />
      <FieldError className="field-problem">{props.problem}</FieldError>
    </AriaTextField>
  );
}

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly testId?: string;
  /** The language of the label, where it is not the screen's. */
  readonly lang?: string;
}

/** A few options, one of which holds. */
export function OptionField(props: {
  readonly label: string;
  /** The option that holds; empty where none does yet. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
  readonly help?: string;
  /** `segments`: short labels side by side; `stack`: one below the other, each with its explanation. */
  readonly look?: "list" | "segments" | "stack";
  readonly hideLabel?: boolean;
}) {
  const look = props.look ?? "list";
  return (
    <RadioGroup
      className={`field options options-${look}`}
      // With a value that none of them has, the Tab key would pass them all by.
      value={props.value === "" ? null : props.value}
      onChange={props.onChange}
    >
      <Label className={props.hideLabel ? "visually-hidden" : ""}>{props.label}</Label>
      {props.help !== undefined && (
        <Text slot="description" className="field-help">
          {props.help}
        </Text>
      )}
      <div className="options-row">
        {props.options.map((option) => (
          <Radio key={option.id} value={option.id} className="option" data-testid={option.testId}>
            <span className="option-dot" />
            <span className="option-text">
              <span lang={option.lang}>{option.label}</span>
              {option.help !== undefined && <span className="option-help">{option.help}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** What is so or is not. */
export function CheckField({
  testId,
  children,
  ...props
}: Omit<ComponentProps<typeof Checkbox>, "className" | "children"> & {
  readonly testId: string;
  readonly children: ReactNode;
}) {
  return (
    <Checkbox {...props} className="check" data-testid={testId}>
      <span className="check-mark">
        <Icon name="check" />
      </span>
      {children}
    </Checkbox>
  );
}

/** Fields one below the other, and the buttons that end them. Enter in a field is the first button. */
export function Form(props: {
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <form
      className={props.className ?? "form"}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}
