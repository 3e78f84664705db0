import { Loading } from "@cordboard/ui";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { CallList } from "./call-list.tsx";
import { CallTrace } from "./call-trace.tsx";

/** With the canvas: fetched when a call is shown on it. */
const Replay = lazy(() => import("../replay/index.ts").then(({ ReplayPage }) => ({ default: ReplayPage })));

/** The calls: the list, each one step by step, and on the drawing that it ran on. */
export function Page() {
  return (
    <Routes>
      <Route index element={<CallList />} />
      <Route path=":callId" element={<CallTrace />} />
      <Route
        path=":callId/drawing"
        element={
          <Suspense fallback={<Loading />}>
            <Replay />
          </Suspense>
        }
      />
    </Routes>
  );
}
