import type { SqlSource } from "@cordboard/api";
import { Button, IconButton, Select, TextArea, TextField } from "@cordboard/ui";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./connectors.module.css";

export const blankDatabase: SqlSource = {
  ...{ server: "postgresql", host: "", port: 5432, database: "", user: "", secret: "", tls: "verified", ca: null },
  ...{ view: "", match: [{ column: "phone", value: "key" }] },
};

const ports = { postgresql: 5432, mysql: 3306 } as const;

/** A view of the company's own database: where it is, who reads it, and by which columns a caller is found. */
export function DatabaseFields({ sql, onChange }: { sql: SqlSource; onChange: (sql: SqlSource) => void }) {
  const { t } = useTranslation("connectors");
  const set = (part: Partial<SqlSource>) => onChange({ ...sql, ...part });
  const plain = { autoCapitalize: "none", autoComplete: "off", spellCheck: false, required: true } as const;
  return (
    <>
      <Select
        label={t("server")}
        options={(["postgresql", "mysql"] as const).map((value) => ({ value, label: t(`server.${value}`) }))}
        value={sql.server}
        onChange={(server) => set({ server, ...(sql.port === ports[sql.server] && { port: ports[server] }) })}
      />
      <div className={styles.grid}>
        <TextField
          label={t("host")}
          {...plain}
          value={sql.host}
          onChange={(event) => set({ host: event.target.value.trim() })}
        />
        <TextField
          label={t("port")}
          type="number"
          min={1}
          max={65535}
          value={String(sql.port)}
          onChange={(event) => {
            const port = Number.parseInt(event.target.value, 10);
            if (Number.isFinite(port)) set({ port });
          }}
          required
        />
        <TextField
          label={t("database")}
          {...plain}
          value={sql.database}
          onChange={(event) => set({ database: event.target.value })}
        />
        <TextField
          label={t("user")}
          {...plain}
          value={sql.user}
          onChange={(event) => set({ user: event.target.value })}
        />
        <TextField
          label={t("passwordSecret")}
          hint={t("passwordSecretHint")}
          {...plain}
          pattern="[A-Za-z][A-Za-z0-9_]*"
          value={sql.secret}
          onChange={(event) => set({ secret: event.target.value.trim() })}
        />
      </div>
      <Select
        label={t("tls")}
        options={(["verified", "encrypted", "off"] as const).map((value) => ({ value, label: t(`tls.${value}`) }))}
        value={sql.tls}
        onChange={(tls) => set({ tls })}
      />
      {sql.tls === "verified" && (
        <TextArea
          label={t("ca")}
          hint={t("caHint")}
          spellCheck={false}
          rows={3}
          value={sql.ca ?? ""}
          onChange={(event) => set({ ca: event.target.value.trim() === "" ? null : event.target.value })}
        />
      )}
      <TextField
        label={t("view")}
        hint={t("viewHint")}
        {...plain}
        value={sql.view}
        onChange={(event) => set({ view: event.target.value.trim() })}
      />
      <Match match={sql.match} onChange={(match) => set({ match })} />
    </>
  );
}

type MatchList = SqlSource["match"];

/** The columns by which a row is found. */
function Match({ match, onChange }: { match: MatchList; onChange: (match: MatchList) => void }) {
  const { t } = useTranslation("connectors");
  const change = (at: number, part: Partial<MatchList[number]>) =>
    onChange(match.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <section className={styles.several} aria-label={t("match")}>
      <h3>{t("match")}</h3>
      <p className={styles.faint}>{t("matchHint")}</p>
      {match.map(({ column, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the column is being written
        <div key={at} className={styles.pair}>
          <TextField
            label={t("column")}
            autoCapitalize="none"
            spellCheck={false}
            value={column}
            onChange={(event) => change(at, { column: event.target.value })}
            required
          />
          <Select
            label={t("matchValue")}
            options={(["key", "national", "digits"] as const).map((one) => ({
              value: one,
              label: t(`matchValue.${one}`),
            }))}
            value={value}
            onChange={(next) => change(at, { value: next })}
          />
          <IconButton
            icon={Trash2}
            label={t("removeColumn", { name: column || String(at + 1) })}
            disabled={match.length === 1}
            onClick={() => onChange(match.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {match.length < 6 && (
        <Button icon={Plus} onClick={() => onChange([...match, { column: "", value: "key" }])}>
          {t("addColumn")}
        </Button>
      )}
    </section>
  );
}
