import { openapi, type ScreenLanguage } from "@cordboard/api";
import { Router } from "express";
import { languageOf } from "../language.ts";
import { apiPage } from "./api-page.ts";
import { pageScript, pageStyle } from "./page-files.ts";

/** `/api`: the interface, described for people in the browser's language (or `?language=`), and the files of the page. */
export function apiDocs(version: string): Router {
  const router = Router();
  const pages = new Map<ScreenLanguage, string>();
  const page = (language: ScreenLanguage) => {
    const kept = pages.get(language) ?? apiPage({ ...openapi(version) }, language);
    pages.set(language, kept);
    return kept;
  };
  router.get("/", (request, response) => {
    const asked = request.query.language;
    const language = asked === "fr" || asked === "en" ? asked : languageOf(request.headers["accept-language"], "en");
    response.setHeader("Vary", "Accept-Language");
    response.type("html").send(page(language));
  });
  router.get("/docs.js", (_request, response) => void response.type("text/javascript").send(pageScript));
  router.get("/docs.css", (_request, response) => void response.type("css").send(pageStyle));
  return router;
}
