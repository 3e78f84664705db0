import { Route, Routes, useParams } from "react-router";
import { ContactList } from "./contact-list.tsx";

/** The contacts: who calls, and how they are recognised. Everything has an address. */
export function Page() {
  return (
    <Routes>
      <Route index element={<ContactList open={null} />} />
      <Route path="new" element={<ContactList open="new" />} />
      <Route path=":contactId" element={<OpenedList />} />
    </Routes>
  );
}

function OpenedList() {
  const { contactId = "" } = useParams();
  return <ContactList open={contactId} />;
}
