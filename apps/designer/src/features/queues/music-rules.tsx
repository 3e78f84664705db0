import type { QueueFields } from "@cordboard/api";
import { Checkbox, formatDuration, Notice, useUiLanguage } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { DurationField, FormSection, languageName } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Music = NonNullable<QueueFields["music"]>;

/** Music, and adverts in it, for callers whose flow has none of its own. */
export function MusicRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const language = useUiLanguage();
  const prompts = useApiQuery("prompts.list", {});
  const company = useApiQuery("company.get", {});
  const music = fields.music ?? noMusic;
  const change = (changes: Partial<Music>) => set({ music: { ...music, ...changes } });
  const library = prompts.data?.items ?? [];
  const options = library.map(({ promptId, name }) => ({ value: promptId, label: name }));
  const named = library.filter(({ promptId }) => [...music.holdMusic, ...music.adverts].includes(promptId));
  const unrecorded = named.filter(
    ({ promptId, audio }) => music.holdMusic.includes(promptId) && Object.keys(audio).length === 0,
  );
  const lacking = named.flatMap(({ promptId, name, audio, texts }) => {
    // Music has no language: one recording does for all.
    if (music.holdMusic.includes(promptId)) return [];
    const has = (tag: string) => tag in audio || (texts[tag] ?? "").trim() !== "";
    return (company.data?.languages ?? []).filter((tag) => !has(tag)).map((tag) => ({ name, tag }));
  });
  return (
    <FormSection
      id="queues/music"
      title={t("music")}
      holds={["music"]}
      choosesFrom={["prompt"]}
      summary={[
        music.holdMusic.length === 0 ? t("music.builtIn") : t("music.pieces", { count: music.holdMusic.length }),
        music.adverts.length > 0 && t("music.advertsCount", { count: music.adverts.length }),
        music.adverts.length > 0 &&
          music.advertEveryMs !== null &&
          t("placeNews.each", { time: formatDuration(music.advertEveryMs, language, { words: "long" }) }),
      ]}
    >
      <p className={styles.words}>{t("musicHint")}</p>
      <PickList
        label={t("music.holdMusic")}
        hint={t("music.holdMusicHint")}
        options={options}
        value={music.holdMusic}
        onChange={(holdMusic) => change({ holdMusic: [...holdMusic] })}
        ordered
        addLabel={t("music.add")}
        emptyText={t("music.builtIn")}
      />
      <PickList
        label={t("music.adverts")}
        options={options}
        value={music.adverts}
        onChange={(adverts) => change({ adverts: [...adverts] })}
        ordered
        addLabel={t("music.addAdvert")}
        emptyText={t("music.noAdvert")}
      />
      {music.adverts.length > 0 && (
        <Checkbox
          label={t("music.timed")}
          hint={t("music.timedHint")}
          checked={music.advertEveryMs !== null}
          onChange={(event) => change({ advertEveryMs: event.target.checked ? 60_000 : null })}
        />
      )}
      {music.adverts.length > 0 && music.advertEveryMs !== null && (
        <DurationField
          label={t("music.every")}
          min={10}
          max={3600}
          value={music.advertEveryMs}
          onChange={(ms) => ms !== null && change({ advertEveryMs: ms })}
          required
        />
      )}
      {unrecorded.map(({ promptId, name }) => (
        <Notice key={promptId} kind="warning">
          {t("music.unrecorded", { name })}
        </Notice>
      ))}
      {lacking.map(({ name, tag }) => (
        <Notice key={`${name} ${tag}`} kind="warning">
          {t("music.lacks", { name, language: languageName(tag, language) })}
        </Notice>
      ))}
    </FormSection>
  );
}

const noMusic: Music = { holdMusic: [], adverts: [], advertEveryMs: null };
