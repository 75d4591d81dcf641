/** What stands in the address while the tab of unsent messages is open. */
export const UNSENT_TAB = { the: "chua-gui" } as const
