import { Route, Routes } from "react-router";
import { CallList } from "./call-list.tsx";
import { CallTrace } from "./call-trace.tsx";

/** The calls: the list, and each one step by step. */
export function Page() {
  return (
    <Routes>
      <Route index element={<CallList />} />
      <Route path=":callId" element={<CallTrace />} />
    </Routes>
  );
}
