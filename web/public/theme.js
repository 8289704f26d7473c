// Sets the theme before the page is drawn; loaded first, so that nothing flashes. The app calls window.setTheme to choose.
(() => {
  const place = "onhand.theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const modes = ["system", "light", "dark"];
  const contrasts = ["system", "normal", "high"];

  const choice = () => {
    try {
      const { mode, contrast } = JSON.parse(localStorage.getItem(place) ?? "{}");
      return {
        mode: modes.includes(mode) ? mode : "system",
        contrast: contrasts.includes(contrast) ? contrast : "system",
      };
    } catch {
      return { mode: "system", contrast: "system" };
    }
  };

  const apply = () => {
    const wanted = choice();
    const isDark = wanted.mode === "system" ? dark.matches : wanted.mode === "dark";
    const isHigh = wanted.contrast === "system" ? contrast.matches : wanted.contrast === "high";
    document.documentElement.dataset.theme = (isDark ? "dark" : "light") + (isHigh ? "-contrast" : "");
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    if (ground) document.querySelector("meta[name=theme-color]")?.setAttribute("content", ground);
  };

  window.getTheme = choice;
  window.setTheme = (change) => {
    localStorage.setItem(place, JSON.stringify({ ...choice(), ...change }));
    apply();
  };
  dark.addEventListener("change", apply);
  contrast.addEventListener("change", apply);
  addEventListener("storage", (event) => event.key === place && apply());
  addEventListener("load", apply);
  apply();
})();
