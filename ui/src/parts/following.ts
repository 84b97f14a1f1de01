// What is called later and must then see the newest state.

import { useEffect, useRef } from "react";

/** Follows something for as long as the component is there; whatever it calls is the newest `act`. */
export function useFollowing(follow: (act: () => void) => () => void, act: () => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => follow(() => newest.current()), [follow]);
}
