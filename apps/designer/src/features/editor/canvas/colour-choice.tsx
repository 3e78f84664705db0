import { ANNOTATION_COLOURS, type AnnotationColour } from "@cordboard/flow-schema";
import { useTranslation } from "react-i18next";
import styles from "./annotations.module.css";

/** The colours of comments and groups, by name for those who do not see them. */
export function ColourChoice(props: { chosen: AnnotationColour; onChoose: (colour: AnnotationColour) => void }) {
  const { t } = useTranslation("editor");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line
    <span role="group" aria-label={t("colour")} className={styles.colours}>
      {ANNOTATION_COLOURS.map((colour) => (
        <button
          key={colour}
          type="button"
          className={styles.colour}
          data-colour={colour}
          aria-pressed={colour === props.chosen}
          aria-label={t(`colour.${colour}`)}
          title={t(`colour.${colour}`)}
          onClick={() => props.onChoose(colour)}
        />
      ))}
    </span>
  );
}
