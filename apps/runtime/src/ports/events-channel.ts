/** Bus channel on which is told that a company's log of events has grown; what it grew by is to be read from the store. */
export const eventsChannel = (companyId: string) => `company/${companyId}/events`;
