// Light or dark: the system decides until the visitor does. Loaded before the first paint, so that nothing flashes.
{
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is forbidden: the choice lasts for this page
    }
  };

  const keep = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // see above
    }
  };

  if (kept()) root.dataset.theme = kept();

  document.addEventListener("DOMContentLoaded", () => {
    for (const toggle of document.querySelectorAll("[data-theme-toggle]")) {
      toggle.hidden = false;
      toggle.addEventListener("click", () => {
        root.dataset.theme = shown() === "dark" ? "light" : "dark";
        keep(root.dataset.theme);
      });
    }
  });
}
