import { Route, Routes } from "react-router";
import { Deliveries } from "./deliveries.tsx";
import { Opening } from "./opening.tsx";
import { WebhookList } from "./webhook-list.tsx";

/** Where programs are told of what happens: the webhooks, what was sent to them, and how far the company is open. */
export function Page() {
  return (
    <Routes>
      <Route path="deliveries" element={<Deliveries />} />
      <Route path="opening" element={<Opening />} />
      <Route path="*" element={<WebhookList />} />
    </Routes>
  );
}
