import { lazy, Suspense } from "react";
import { useApiQuery } from "../../app/use-api-query.ts";
import styles from "./new-flow-dialog.module.css";

/** It knows the node types, which the dialog does not need to begin an empty flow. */
const FlowPicture = lazy(() => import("./flow-picture.tsx").then((module) => ({ default: module.FlowPicture })));

/** The picture of a template, drawn from its document; its place is kept while it is fetched. */
export function TemplatePicture({ templateId }: { templateId: string }) {
  const template = useApiQuery("templates.get", { params: { templateId } });
  return (
    <span className={styles.picture}>
      <Suspense fallback={null}>{template.data && <FlowPicture document={template.data.document} />}</Suspense>
    </span>
  );
}
