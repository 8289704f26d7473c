import SvgIcon, { type SvgIconProps } from "@mui/material/SvgIcon";

/** Stroke drawings on a 24 px field; one place, so that all share weight and corners. */
const paths = {
  activity: "M3 12h4l3-8 4 16 3-8h4",
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1",
  arrowDown: "M12 5v14M6 13l6 6 6-6",
  arrowLeft: "M19 12H5M11 6l-6 6 6 6",
  arrowRight: "M5 12h14M13 6l6 6-6 6",
  arrowUp: "M12 19V5M6 11l6-6 6 6",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20.5h4",
  box: "M4 7.5 12 3.5l8 4v9l-8 4-8-4zM4 7.5l8 4 8-4M12 11.5v9",
  boxes:
    "M3 14l4.5-2.2L12 14v5l-4.5 2.2L3 19zM12 14l4.5-2.2L21 14v5l-4.5 2.2L12 19M7.5 9.2 12 7l4.5 2.2M7.5 6.8 12 4.6l4.5 2.2v5",
  calendar: "M4 6.5h16V20H4zM4 10.5h16M8.5 4v4M15.5 4v4",
  chart: "M4 4v16h16M8 15l3.5-4.5 3 2.5L20 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevronDown: "M6 9.5l6 6 6-6",
  chevronLeft: "M14.5 6l-6 6 6 6",
  chevronRight: "M9.5 6l6 6-6 6",
  close: "M6 6l12 12M18 6 6 18",
  columns: "M4 5h16v14H4zM10 5v14M15 5v14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  dashboard: "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  filter: "M4 6h16M7.5 12h9M10.5 18h3",
  forecast: "M3 17l5-5 3 3 4-5M15 10l6-5M15 10l6 2M15 10l6 8",
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2",
  import: "M12 15V4M7.5 8.5 12 4l4.5 4.5M5 14v6h14v-6",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.7v.1",
  key: "M14.5 9.5a4.5 4.5 0 1 1-1.3-3.2 4.5 4.5 0 0 1 1.3 3.2M13.6 12l6.4 6.4M17 15.5l2-2",
  layers: "M12 4 3 8.5l9 4.5 9-4.5zM3 12.5l9 4.5 9-4.5M3 16.5l9 4.5 9-4.5",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  minus: "M5 12h14",
  more: "M6 12h.1M12 12h.1M18 12h.1",
  orders: "M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9.5 8.5h5M9.5 12.5h5",
  package: "M4 8h16v12H4zM4 8l2.5-4h11L20 8M12 4v4M9.5 12h5",
  pin: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  play: "M7 5l12 7-12 7z",
  plus: "M12 5v14M5 12h14",
  refresh: "M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 4v4.5h-4.5",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 9v6M11 9v6M13.5 9v6M16 9v6",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16.2 16.2 20.5 20.5",
  seller: "M4 9l1.5-5h13L20 9M4 9v11h16V9M4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M10 20v-5h4v5",
  settings:
    "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M19.4 13.5a7.6 7.6 0 0 0 0-3l2-1.5-2-3.4-2.3.9a7.6 7.6 0 0 0-2.6-1.5L14.2 2.5h-4l-.4 2.5a7.6 7.6 0 0 0-2.6 1.5l-2.3-.9-2 3.4 2 1.5a7.6 7.6 0 0 0 0 3l-2 1.5 2 3.4 2.3-.9a7.6 7.6 0 0 0 2.6 1.5l.4 2.5h4l.4-2.5a7.6 7.6 0 0 0 2.6-1.5l2.3.9 2-3.4z",
  signOut: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  sync: "M4 11a8 8 0 0 1 13.7-4.7L20 8.5M20 4v4.5h-4.5M20 13a8 8 0 0 1-13.7 4.7L4 15.5M4 20v-4.5h4.5",
  tag: "M4 4h8l8.5 8.5-8 8L4 12zM8.2 8.2v.1",
  transfer: "M4 8.5h15M15 4.5l4 4-4 4M20 15.5H5M9 11.5l-4 4 4 4",
  trash: "M5 7h14M9.5 7V4h5v3M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  tree: "M5 4v14h5M5 10h5M10 7.5h9v5h-9zM10 15.5h9v5h-9z",
  truck:
    "M3 6h11v11H3zM14 10h4l3 3.5V17h-7zM7 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  undo: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
  users:
    "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .8 3.3 2.5 3.5 5.2",
  warehouse: "M3 20V9l9-5 9 5v11M7 20v-8h10v8M7 16h10",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, sx, ...rest }: { name: IconName } & SvgIconProps) {
  return (
    <SvgIcon
      aria-hidden
      viewBox="0 0 24 24"
      {...rest}
      sx={[
        {
          fill: "none",
          stroke: "currentColor",
          strokeWidth: 1.75,
          strokeLinecap: "round",
          strokeLinejoin: "round",
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    >
      <path d={paths[name]} />
    </SvgIcon>
  );
}
