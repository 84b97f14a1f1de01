import type { ReactNode } from "react";
import { Icon } from "./icon";

/** That something was done, and well. It stands in a `role="status"` that is there before, or nobody is told. */
export function Good({ testId, children }: { readonly testId: string; readonly children: ReactNode }) {
  return (
    <p className="verdict verdict-good" data-testid={testId}>
      <Icon name="check" />
      {children}
    </p>
  );
}
