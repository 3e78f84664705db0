import { Loading } from "@cordboard/ui";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { FlowsPage } from "./flows-page.tsx";

/** The canvas is most of the designer's weight: it is fetched when a flow is opened. */
const Editor = lazy(() => import("../editor/index.ts").then(({ EditorPage }) => ({ default: EditorPage })));

const Compare = lazy(() => import("../compare/index.ts").then(({ ComparePage }) => ({ default: ComparePage })));

/** It reads texts as the editor does, which the list does not need. */
const Search = lazy(() => import("./search-page.tsx").then(({ SearchPage }) => ({ default: SearchPage })));

/** The flows: those that there are, and one of them on the canvas. */
export function Page() {
  const editor = (
    <Suspense fallback={<Loading />}>
      <Editor />
    </Suspense>
  );
  return (
    <Routes>
      <Route index element={<FlowsPage />} />
      {/* No flow has an id that begins so. */}
      <Route
        path="_search"
        element={
          <Suspense fallback={<Loading />}>
            <Search />
          </Suspense>
        }
      />
      <Route path=":flowId" element={editor} />
      <Route path=":flowId/versions/:versionId" element={editor} />
      <Route
        path=":flowId/compare"
        element={
          <Suspense fallback={<Loading />}>
            <Compare />
          </Suspense>
        }
      />
    </Routes>
  );
}
