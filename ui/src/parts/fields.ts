import { useState } from "react";

/** Texts of a form, each by its name; `field` is what the text's own field takes. */
export function useFields<Name extends string>(blank: Readonly<Record<Name, string>>) {
  const [fields, setFields] = useState(blank);
  return {
    fields,
    field: (name: Name) => ({
      value: fields[name],
      onChange: (value: string) => setFields((old) => ({ ...old, [name]: value })),
    }),
    clear: () => setFields(blank),
  };
}
