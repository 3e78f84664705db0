export { OfferWhy } from "./offer-why.tsx";
export { OperatorOffers } from "./operator-offers.tsx";
