import type { OperatorOffer } from "@cordboard/api";
import { formatDateTime } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./offers.module.css";

/** The last offers that were made to an operator or passed them by, each with the reason in words. */
export function OperatorOffers({ operatorId }: { operatorId: string }) {
  const { t } = useTranslation("offers");
  const form = useTimeForm();
  const offers = useApiQuery("operators.offers", { params: { operatorId } }, { everyMs: 10_000 });
  const items = offers.data?.items;
  return (
    <section className={styles.offers} aria-label={t("lastOffers")}>
      <h3>{t("lastOffers")}</h3>
      <p className={styles.hint}>{items?.length === 0 ? t("noOffers") : t("lastOffersHint")}</p>
      {items !== undefined && items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
        <ul className={styles.list} tabIndex={0} aria-label={t("lastOffers")}>
          {items.map((offer) => (
            <li key={offer.offerId}>
              <span className={styles.when}>
                <Link to={`/calls/${offer.callId}`}>{formatDateTime(Date.parse(offer.offeredAt), form)}</Link>
                {` · ${offer.queue.name}`}
              </span>
              <OfferLine offer={offer} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OfferLine({ offer }: { offer: OperatorOffer }) {
  const { t } = useTranslation("offers");
  if (offer.asked) {
    const end = t(`end.${offer.end ?? "open"}`);
    return <span>{t("askedThem", { end, why: t(`first.${offer.first ?? "onlyOne"}`) })}</span>;
  }
  const why = offer.reason === null ? t("othersBefore", { count: offer.before }) : t(`not.${offer.reason}`);
  return (
    <span>{t("passedBy", { operator: offer.operator.name, why: why.charAt(0).toLowerCase() + why.slice(1) })}</span>
  );
}
