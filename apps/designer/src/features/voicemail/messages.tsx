import { Button, EmptyState, Select } from "@cordboard/ui";
import { Voicemail } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { ListLayout, useListAddress } from "../listing/index.ts";
import { MessageRow } from "./message-row.tsx";
import { useMessages } from "./queries.ts";

const states = ["new", "kept", "deleted"] as const;

/** The messages that callers left, the newest first. */
export function Messages() {
  const { t } = useTranslation("voicemail");
  const { get, set } = useListAddress();
  const boxes = useApiQuery("voicemailBoxes.list", {});
  const box = get("box");
  const state = states.find((each) => each === get("state"));
  const messages = useMessages({ ...(box !== "" && { boxId: box }), ...(state !== undefined && { state }) });
  return (
    <ListLayout
      header={<PageHeader title={t("messages")} words={t("messagesWords")} />}
      tools={
        <>
          <Select
            label={t("box")}
            options={[
              { value: "", label: t("allBoxes") },
              ...(boxes.data?.items ?? []).map(({ boxId, name }) => ({ value: boxId, label: name })),
            ]}
            value={box}
            onChange={(chosen) => set({ box: chosen })}
          />
          <Select
            label={t("state")}
            options={[
              { value: "", label: t("newAndKept") },
              ...states.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
            value={state ?? ""}
            onChange={(chosen) => set({ state: chosen })}
          />
          <Link to="/voicemail/boxes">{t("toBoxes")}</Link>
        </>
      }
    >
      <QueryView query={messages}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyState icon={Voicemail} title={t("noMessages")}>
                {t("noMessagesWords")}
              </EmptyState>
            );
          }
          return (
            <ul aria-label={t("messages")}>
              {items.map((message) => (
                <MessageRow key={message.messageId} message={message} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {messages.hasNextPage && (
        <Button kind="quiet" wide busy={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </ListLayout>
  );
}
