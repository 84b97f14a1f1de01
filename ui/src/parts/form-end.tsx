// How a form in a window ends: what went wrong, the button that does it, and the one that leaves it be.

import { useText } from "../i18n";
import type { Failure } from "../rpc/client";
import { Button } from "./button";
import { FailureNotice } from "./failure";
import type { IconName } from "./icon";

export function FormEnd(props: {
  readonly failure?: Failure | null;
  readonly submit: string;
  readonly icon?: IconName;
  readonly pending: boolean;
  readonly testId: string;
  readonly onCancel: () => void;
}) {
  const { t } = useText();
  return (
    <>
      {props.failure !== undefined && <FailureNotice failure={props.failure} />}
      <div className="buttons">
        <Button
          type="submit"
          look="primary"
          {...(props.icon === undefined ? {} : { icon: props.icon })}
          isPending={props.pending}
          data-testid={props.testId}
        >
          {props.submit}
        </Button>
        <Button look="bare" onPress={props.onCancel}>
          {t("app.cancel")}
        </Button>
      </div>
    </>
  );
}
