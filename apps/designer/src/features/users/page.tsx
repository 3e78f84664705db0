import type { UserFields } from "@cordboard/api";
import { UserCog } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiChange } from "../../app/use-api-query.ts";
import { type MadePassword, NewPasswordButton, PasswordShown, ResourcePage } from "../listing/index.ts";
import { useUsers } from "./queries.ts";
import { UserFieldsForm } from "./user-fields.tsx";
import { UserTelephoneCode } from "./user-telephone-code.tsx";

/** The users: who works on flows and settings, and what each may do. */
export function Page() {
  const { t } = useTranslation("users");
  const [made, setMade] = useState<MadePassword | null>(null);
  const give = useApiChange("users.newPassword");
  return (
    <>
      <ResourcePage
        path="users"
        resourceName="users"
        resource={useUsers(setMade)}
        icon={UserCog}
        blank={blank}
        Fields={UserFieldsForm}
        Extra={({ item: { userId, name } }) => (
          <>
            <NewPasswordButton name={name} give={() => give.run({ params: { userId } })} onGiven={setMade} />
            <UserTelephoneCode userId={userId} />
          </>
        )}
        columns={[
          { id: "name", header: t("name"), value: (user) => user.name },
          { id: "email", header: t("email"), value: (user) => user.email },
          { id: "role", header: t("role"), value: (user) => t(`role.${user.role}`) },
          { id: "enabled", header: t("state"), value: (user) => t(user.enabled ? "mayWork" : "mayNot"), spare: true },
        ]}
      />
      {made !== null && <PasswordShown made={made} onClose={() => setMade(null)} />}
    </>
  );
}

const blank: UserFields = { email: "", name: "", role: "author", language: "fr", enabled: true };
