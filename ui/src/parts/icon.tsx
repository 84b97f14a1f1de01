// Pictures, drawn with lines. They never carry meaning alone: words stand beside them.

import { useBrand } from "../app/brand";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  alarm: "M12 3.5l9.2 16.5H2.8L12 3.5zM12 10v4.5M12 17.2v.3",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  hand: "M7 12V6.5a1.5 1.5 0 013 0V11m0-.5v-6a1.5 1.5 0 013 0V11m0-.5V6a1.5 1.5 0 013 0v7m0-2.5a1.5 1.5 0 013 0V15c0 4-2.7 6-6 6-3 0-4.6-1-6-3.5L4.3 14c-.8-1.4 1-2.5 2-1.4L7 14",
  spark: "M12 3.5l1.9 5.2 5.1 1.8-5.1 1.9L12 17.5l-1.9-5.1L5 10.5l5.1-1.8L12 3.5zM18.5 16.5v4M16.5 18.5h4",
  pen: "M4 20l1-4.2L16.2 4.6a1.8 1.8 0 012.6 0l.6.6a1.8 1.8 0 010 2.6L8.2 19 4 20zM14 6.8l3.2 3.2",
  keyboard: "M3.5 6.5h17v11h-17zM7 10h.1M10.3 10h.1M13.6 10h.1M17 10h.1M8 14h8",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  download: "M12 4v11M7.5 11l4.5 4.5L16.5 11M5 19.5h14",
  copy: "M9 9h10.5v11.5H9zM5 15H4.5V3.5H15V5",
  lock: "M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  list: "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.2 6.5h.1M4.2 12h.1M4.2 17.5h.1",
  people:
    "M9 11.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM3 19.5c.6-3.3 3-5 6-5s5.4 1.7 6 5M15.5 5.4a3.2 3.2 0 010 6M17 14.8c2.3.500 3.6 2.1 4 4.7",
  audit: "M6 3.5h9l4 4V20.5H6zM14.5 3.5V8H19M9 12h7M9 15.5h7",
  backup:
    "M4 7c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 7v10c0 1.7 3.6 3 8 3s8-1.3 8-3V7M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
  licence: "M4.5 5h15v10h-15zM8 8.5h8M8 11.500h4M13.500 15v5.500l2.250-1.500 2.250 1.500V15",
  figures: "M4.500 20h15.500M7.500 16.500v-5M12 16.500V5M16.500 16.500v-8",
  kiosk: "M7 3.5h10v12H7zM12 15.5v5M8.5 20.5h7",
  signOut: "M10 4.5H5v15h5M10.5 12H20M16.5 8.5L20 12l-3.5 3.5",
  quote:
    "M10 7.5c-3 .8-4.5 2.7-4.5 5.8V17h5v-5H8c.1-1.5.8-2.4 2.4-3M19 7.5c-3 .8-4.5 2.7-4.5 5.8V17h5v-5H17c.1-1.5.8-2.4 2.4-3",
  backspace: "M9 5.5h11.5v13H9L3.5 12 9 5.5zM12 9.5l5 5M17 9.5l-5 5",
  printer: "M7 8.5v-5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z",
  speak: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM15.5 9a4.2 4.2 0 010 6M18 6.5a7.8 7.8 0 010 11",
  mute: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM16 9.5l5 5M21 9.5l-5 5",
  microphone: "M12 14.5a3 3 0 003-3v-5a3 3 0 00-6 0v5a3 3 0 003 3zM6 11.5a6 6 0 0012 0M12 17.5v3M9 20.5h6",
  play: "M7 4.5l12 7.5-12 7.5z",
  repeat: "M4.5 12a7.5 7.5 0 0113-5.1L20 9.5M20 4.5v5h-5M19.5 12a7.5 7.5 0 01-13 5.1L4 14.500M4 19.5v-5h5",
  shift: "M12 4.5l7.5 8H15.500v6.500h-7v-6.500H4.5z",
  newLine: "M19.5 5.5v7.500h-14M9.5 9l-4 4 4 4",
  keyboardDown:
    "M3.5 4.500h17v9.500h-17zM7 8h.1M10.3 8h.1M13.6 8h.1M17 8h.1M8.5 11h7M9.5 17.500l2.5 2.5 2.5-2.5",
  textSize: "M3 19l5.5-14h1L15 19M5 14.500h8M15.5 19l3-7.500h.500l3 7.500M16.5 16.500h4.5",
  language:
    "M12 20.500a8.5 8.5 0 100-17 8.5 8.5 0 000 17zM3.5 12h17M12 3.500c2.5 2.5 3.5 5 3.5 8.500s-1 6-3.5 8.500c-2.5-2.5-3.5-5-3.5-8.500s1-6 3.5-8.5",
  search: "M10.5 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.500 15.500l5 5",
  clock: "M12 20.5a8.5 8.5 0 100-17 8.5 8.5 0 000 17zM12 7.5V12l3 2",
  pulse: "M3.5 12.5h4l2.5-6.500 4 12 2.500-5.500h4",
  settings: "M5 7h8M17 7h2M15 5v4M5 12h2M11 12h8M9 10v4M5 17h8M17 17h2M15 15v4",
  flows: "M4 8h13M13.500 4.500L17 8l-3.500 3.500M20 16H7M10.500 12.500L7 16l3.500 3.500",
  folder: "M3.500 6.500v12h17v-9.500h-9l-2-2.500z",
  send: "M20.500 3.500L3.500 10.500l6.500 3 3 6.500z M20.500 3.500L10 13.500",
  brand:
    "M12 3.500a8.500 8.500 0 100 17c1.400 0 2.200-.900 2.200-2 0-1.300-1-1.700-1-2.800 0-.900.700-1.500 1.700-1.500h1.900c2.200 0 3.700-1.500 3.700-3.700 0-4-3.800-7-8.500-7zM7.500 13h.1M8.500 8.800h.1M12.500 7h.1M16.300 9.300h.1",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative picture. Arrows follow the direction of reading. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  const turns = name === "back" || name === "forward" || name === "signOut";
  const classes = ["icon", turns ? "icon-directional" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <svg className={classes} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's mark, or the brand's icon. */
export function Mark({ className }: { readonly className?: string }) {
  const icon = useBrand()?.icon;
  if (icon !== undefined && icon !== null) return <img className={className ?? "mark"} src={icon} alt="" />;
  return (
    <svg className={className ?? "mark"} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-ground" width="32" height="32" rx="9" />
      <path className="mark-line" d="M10 7.5v15.2h7.2a5.6 5.6 0 1 0-5-8.2" />
      <circle className="mark-dot" cx="24" cy="8.6" r="2.2" />
    </svg>
  );
}

/** The brand's logo, on a light ground or a dark one; the mark alone where the brand is the program's own. */
export function Logo({ ground }: { readonly ground: "light" | "dark" }) {
  const brand = useBrand();
  const source = ground === "light" ? brand?.logo : brand?.logo_dark;
  if (brand === undefined || source === undefined || source === null) return <Mark />;
  return <img className="logo" src={source} alt={brand.company} />;
}
