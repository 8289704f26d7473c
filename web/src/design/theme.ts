import { createTheme } from "@mui/material/styles";
import { chipLine, light, mono, sans, shadow, tint, tones } from "./tokens";

const reducedMotion = {
  "@media (prefers-reduced-motion: reduce)": {
    "*, *::before, *::after": {
      animationDuration: "0.01ms !important",
      animationIterationCount: "1 !important",
      transitionDuration: "0.01ms !important",
      scrollBehavior: "auto !important",
    },
  },
};

/** A colour of the palette: its variables hold what it is in each theme. */
const main = (name: string) => ({
  main: `var(--${name})`,
  light: `var(--${name}-light)`,
  dark: `var(--${name}-dark)`,
  contrastText: "var(--on-color)",
});

const alerts = Object.entries({
  error: tones.bad,
  warning: tones.warn,
  success: tones.good,
  info: tones.info,
} as const).map(([severity, tone]) => ({
  props: { severity: severity as "error" | "warning" | "success" | "info" },
  style: { color: tone.text, backgroundColor: tone.tint, "& .MuiAlert-icon": { color: tone.solid } },
}));

const palette = {
  primary: main("primary"),
  secondary: main("secondary"),
  success: main("success"),
  error: main("error"),
  warning: main("warning"),
  info: main("info"),
  background: { default: light.page, paper: light.paper },
  text: { primary: light.text, secondary: light.textQuiet, disabled: light.outline },
  divider: light.line,
  action: {
    active: light.textQuiet,
    hover: tint.hover,
    selected: tint.chosen,
    focus: tint.chosen,
    disabled: light.outline,
    disabledBackground: light.lineSoft,
  },
};

export const theme = createTheme({
  cssVariables: { nativeColor: true, disableCssColorScheme: true },
  palette,
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: sans,
    fontSize: 14,
    h1: {
      fontSize: "1.5rem",
      fontWeight: 650,
      lineHeight: 1.3,
      letterSpacing: "-0.01em",
      color: light.heading,
    },
    h2: { fontSize: "1.0625rem", fontWeight: 650, lineHeight: 1.4, color: light.heading },
    h3: { fontSize: "0.9375rem", fontWeight: 650, lineHeight: 1.4, color: light.heading },
    body1: { fontSize: "0.9375rem", lineHeight: 1.55 },
    body2: { fontSize: "0.875rem", lineHeight: 1.5 },
    caption: { fontSize: "0.8125rem", lineHeight: 1.45 },
    button: { textTransform: "none", fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        ...reducedMotion,
        body: { minHeight: "100dvh" },
        code: { fontFamily: mono, fontSize: "0.9em" },
        a: { color: "inherit" },
        ":focus-visible": { outline: "2px solid var(--focus)", outlineOffset: 2 },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: {
          borderRadius: 8,
          paddingInline: 16,
          minHeight: 38,
          whiteSpace: "nowrap",
          variants: [
            {
              props: { variant: "outlined", color: "secondary" },
              style: {
                color: light.text,
                borderColor: light.control,
                backgroundColor: light.paper,
                "&:hover": { borderColor: light.outline, backgroundColor: light.page },
              },
            },
          ],
        },
        sizeSmall: { minHeight: 32, paddingInline: 12 },
      },
    },
    MuiIconButton: { styleOverrides: { root: { borderRadius: 8 } } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
    MuiPopover: {
      styleOverrides: {
        paper: { border: `1px solid ${light.line}`, boxShadow: shadow.raised, borderRadius: 10 },
      },
    },
    MuiMenuItem: {
      styleOverrides: { root: { fontSize: "0.875rem", minHeight: 38, borderRadius: 6, marginInline: 6 } },
    },
    MuiTooltip: {
      defaultProps: { enterDelay: 400 },
      styleOverrides: {
        tooltip: {
          backgroundColor: "var(--tooltip)",
          color: "var(--on-tooltip)",
          fontSize: "0.8125rem",
          padding: "6px 10px",
        },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: {
          backgroundColor: light.paper,
          borderRadius: 8,
          "&.MuiInputBase-sizeSmall:not(.MuiInputBase-multiline)": { minHeight: 40 },
        },
        notchedOutline: { borderColor: light.outline },
      },
    },
    MuiBackdrop: {
      styleOverrides: {
        root: { "&:not(.MuiBackdrop-invisible)": { backgroundColor: "var(--backdrop)" } },
      },
    },
    MuiAlert: {
      styleOverrides: { root: { border: chipLine, variants: alerts } },
    },
    MuiSwitch: { styleOverrides: { track: { backgroundColor: light.outline, opacity: 1 } } },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 14, boxShadow: shadow.raised } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 }, indicator: { height: 2.5, borderRadius: 2 } } },
    MuiTab: {
      styleOverrides: {
        root: { minHeight: 44, minWidth: 0, paddingInline: 4, marginRight: 24, fontSize: "0.9rem" },
      },
    },
    MuiLink: { defaultProps: { underline: "hover" } },
  },
});
