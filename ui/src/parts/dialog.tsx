import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n";
import { IconButton } from "./button";

/** A window over the page. Escape and the cross close it, unless it must be answered. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly role?: "dialog" | "alertdialog";
  readonly className?: string;
  /** Shown without a cross: one of its buttons must be pressed. */
  readonly mustAnswer?: boolean;
}) {
  const { t } = useText();
  return (
    <ModalOverlay
      className={["overlay", props.className ?? ""].join(" ").trim()}
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={props.mustAnswer ?? false}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className="modal">
        <AriaDialog className="dialog" role={props.role ?? "dialog"} data-testid={props.testId}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {props.title}
            </Heading>
            {!props.mustAnswer && <IconButton icon="close" label={t("app.close")} onPress={props.onClose} />}
          </div>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
