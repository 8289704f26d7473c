import { createTheme } from "@mui/material/styles";
import { light, mono, sans, shadow } from "./tokens";

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

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-theme" },
  palette: {
    primary: { main: "#0065d2", light: "#007bff", dark: "#004fa6", contrastText: "#fff" },
    secondary: { main: "#626a72", light: "#6c757d", dark: "#495057", contrastText: "#fff" },
    success: { main: "#1d7a33", light: "#28a745", dark: "#155d26", contrastText: "#fff" },
    error: { main: "#c72332", light: "#dc3545", dark: "#a01b27", contrastText: "#fff" },
    warning: { main: "#8d6900", light: "#ffc107", dark: "#6b5000", contrastText: "#fff" },
    info: { main: "#117585", light: "#17a2b8", dark: "#0d5a66", contrastText: "#fff" },
    background: { default: light.page, paper: light.paper },
    text: { primary: light.text, secondary: light.textQuiet, disabled: light.outline },
    divider: light.line,
  },
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
        ":focus-visible": { outline: "2px solid #0065d2", outlineOffset: 2 },
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
                borderColor: "#ced4da",
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
        tooltip: { backgroundColor: light.heading, fontSize: "0.8125rem", padding: "6px 10px" },
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
        root: { "&:not(.MuiBackdrop-invisible)": { backgroundColor: "rgb(33 37 41 / 32%)" } },
      },
    },
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
