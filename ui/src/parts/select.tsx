// One of many: the system's own list, which every keyboard and screen reader knows.

import { useId } from "react";

export function SelectField(props: {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly testId: string;
}) {
  const id = useId();
  return (
    <div className="field select-field">
      <label htmlFor={id} className={props.hideLabel ? "visually-hidden" : ""}>
        {props.label}
      </label>
      {props.help !== undefined && (
        <span className="field-help" id={`${id}-help`}>
          {props.help}
        </span>
      )}
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        {...(props.help === undefined ? {} : { "aria-describedby": `${id}-help` })}
        data-testid={props.testId}
      >
        {props.options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
