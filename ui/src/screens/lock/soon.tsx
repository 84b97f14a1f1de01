// That a staff screen will lock itself. Beside the page and not over it: whoever types goes on typing, and it goes.

import { useText } from "../../i18n";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { testIds } from "../../testids";

export function LockSoon(props: { readonly secondsLeft: number | null; readonly onStay: () => void }) {
  const { t } = useText();
  return (
    <div className="lock-soon-place" role="alert">
      {props.secondsLeft !== null && (
        <div className="lock-soon" data-testid={testIds.lock.soon}>
          <Icon name="lock" />
          <p>{t("lock.soon")}</p>
          {/* Said once when it appears; a number each second would drown everything else. */}
          <p className="lock-soon-count" aria-hidden="true">
            {t("lock.soon-count", { count: props.secondsLeft })}
          </p>
          <Button size="small" look="primary" onPress={props.onStay} data-testid={testIds.lock.stay}>
            {t("lock.stay")}
          </Button>
        </div>
      )}
    </div>
  );
}
