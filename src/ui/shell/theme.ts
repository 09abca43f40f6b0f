/** Light, dark, or as the system is: kept in this browser. */
export type Theme = "system" | "light" | "dark";

const KEY = "storyloom.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");

/** What the user chose. Storage can be shut off, then every visit begins as the system is. */
export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

function paint(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && systemDark.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Not kept, but painted.
  }
  paint(theme);
}

/** Paints the chosen theme, and follows the system from then on. */
export function applyTheme(): void {
  paint(chosenTheme());
  systemDark.addEventListener("change", () => paint(chosenTheme()));
}
