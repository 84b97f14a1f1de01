import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Icon, type IconName } from "./icon";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "isPending"> {
  readonly children: ReactNode;
  /** `primary`: the one thing to do; `danger`: it answers an alarm or removes something; `bare`: text only. */
  readonly look?: "primary" | "plain" | "bare" | "danger";
  readonly size?: "small" | "medium" | "large";
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
  readonly className?: string;
  /** What it began is not done yet: it keeps the focus, says so, and takes no press. */
  readonly isPending?: boolean;
  readonly "data-testid"?: string;
}

/**
 * A button. Its waiting is not React Aria's `isPending`, which announces the button by reference and so leaves references to
 * nothing behind where the button goes with the step that it ended.
 */
export function Button({
  look = "plain",
  size = "medium",
  icon,
  iconAfter,
  className,
  children,
  isPending = false,
  onPress,
  ...rest
}: ButtonProps) {
  const classes = ["button", `button-${look}`, `button-${size}`, className ?? ""].filter(Boolean).join(" ");
  return (
    <AriaButton
      {...rest}
      className={classes}
      {...(isPending ? { "aria-disabled": true, "data-pending": true } : {})}
      {...(onPress === undefined || isPending ? {} : { onPress })}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter !== undefined && <Icon name={iconAfter} />}
    </AriaButton>
  );
}

/** A button that shows only a picture; `label` is its name. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<ButtonProps, "children" | "look" | "size" | "iconAfter"> & {
  readonly icon: IconName;
  readonly label: string;
}) {
  return (
    <AriaButton {...rest} aria-label={label} className={["icon-button", className ?? ""].join(" ").trim()}>
      <Icon name={icon} />
    </AriaButton>
  );
}
