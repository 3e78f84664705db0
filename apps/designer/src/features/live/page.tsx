import { Loading } from "@cordboard/ui";
import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { BoardPage } from "./board-page.tsx";

const BigScreen = lazy(() => import("./big-screen.tsx").then((module) => ({ default: module.BigScreen })));

/** The live board, and the same on a big screen. */
export function Page() {
  return (
    <Routes>
      <Route index element={<BoardPage />} />
      <Route
        path="screen"
        element={
          <Suspense fallback={<Loading />}>
            <BigScreen />
          </Suspense>
        }
      />
    </Routes>
  );
}
