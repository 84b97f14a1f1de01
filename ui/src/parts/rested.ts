import { useEffect, useState } from "react";

/** Longer than between two keys of whoever types, shorter than what feels late. */
const REST_MS = 250;

/** A value once it has rested: for what is asked, and audited, while somebody types. */
export function useRested<Value extends string>(value: Value): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
