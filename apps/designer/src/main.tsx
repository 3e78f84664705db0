import "@cordboard/ui/tokens.css";
import "@cordboard/ui/base.css";
import { applyTheme, rememberedTheme } from "@cordboard/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createTexts } from "./language/create-texts.ts";
import { screenLanguage } from "./language/screen-language.ts";

const reloaded = "cordboard.reloaded";

applyTheme(rememberedTheme());
const texts = await createTexts(screenLanguage());

// A server that was upgraded meanwhile no longer has the pieces that this page would fetch: the page is loaded again, as it is there now.
// Drafts are kept in the browser, so nothing is lost by it; once a minute at most, in case that is not what is wrong.
addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem(reloaded) ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem(reloaded, String(Date.now()));
  location.reload();
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App texts={texts} />
  </StrictMode>,
);
