import "@cordboard/ui/tokens.css";
import "@cordboard/ui/base.css";
import { applyTheme, rememberedTheme } from "@cordboard/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { createTexts } from "./language/create-texts.ts";
import { screenLanguage } from "./language/screen-language.ts";

applyTheme(rememberedTheme());
const texts = await createTexts(screenLanguage());

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App texts={texts} />
  </StrictMode>,
);
