/** How long objects live and where; the same on both clouds. In days. */
export const days = {
    /** After this long a backup is read only when something is lost: to a class that costs less to keep (ST-07). */
    seldomRead: 7,
    /** After this long nobody needs it within the hour: to the cheapest class that there is (ST-08). */
    archived: 90,
    /** What was overwritten or deleted can be called back for this long (D1). */
    callBack: 30,
    /** Logs are kept a year, as card payments ask of audit trails (ST-06, ST-08). */
    logs: 365,
    /** What is left of an upload that broke off costs money and is of no use. */
    brokenUpload: 7,
} as const;
