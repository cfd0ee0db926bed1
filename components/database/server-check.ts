/** How clients check a server: its authority and its name, or its authority alone. */
export type ServerCheck = "verify-full" | "verify-ca";
