/** A rate of an autoscaler: percent of the replicas in a period of seconds. */
export type Rate = readonly [percent: number, seconds: number];

/** Bounds in prod, targets in percent of the request, and rates (AS-01 to AS-04, AS-07). */
export interface Scaling {
    readonly min: number;
    readonly max: number;
    /** @default 70 */
    readonly cpu?: number;
    /** @default 80 */
    readonly memory?: number;
    /** @default 100 % in 15 s */
    readonly up?: Rate;
    /** @default 10 % in 60 s */
    readonly down?: Rate;
}

/** What the requirements say of one service, written out again: nothing here is read from the catalogue. */
export interface ExpectedService {
    readonly namespace: "frontend" | "ingress" | "services" | "payment";
    readonly importance: "edge" | "critical" | "standard";
    readonly servicePort: 80 | 8080;
    /** The pool of the standard profile. */
    readonly pool: "app" | "payment";
    /** Prefers spot nodes where the stack has some. */
    readonly spot: boolean;
    /** The pool of the compact profile. */
    readonly compactPool: "frontend" | "backend";
    readonly scaling: Scaling;
}

/** The nine services of the shop. */
export const shop = {
    frontend: {
        namespace: "frontend",
        importance: "critical",
        servicePort: 80,
        pool: "app",
        spot: false,
        compactPool: "frontend",
        scaling: { min: 3, max: 12 },
    },
    gateway: {
        namespace: "ingress",
        importance: "edge",
        servicePort: 80,
        pool: "app",
        spot: false,
        compactPool: "frontend",
        scaling: { min: 2, max: 30 },
    },
    admin: {
        namespace: "frontend",
        importance: "standard",
        servicePort: 8080,
        pool: "app",
        spot: true,
        compactPool: "frontend",
        scaling: { min: 2, max: 4 },
    },
    user: {
        namespace: "services",
        importance: "critical",
        servicePort: 8080,
        pool: "app",
        spot: false,
        compactPool: "backend",
        scaling: { min: 3, max: 12 },
    },
    product: {
        namespace: "services",
        importance: "critical",
        servicePort: 8080,
        pool: "app",
        spot: false,
        compactPool: "backend",
        scaling: { min: 5, max: 20, cpu: 65, memory: 75, up: [50, 15] },
    },
    order: {
        namespace: "services",
        importance: "critical",
        servicePort: 8080,
        pool: "app",
        spot: false,
        compactPool: "backend",
        scaling: { min: 3, max: 15, down: [10, 300] },
    },
    payment: {
        namespace: "payment",
        importance: "critical",
        servicePort: 8080,
        pool: "payment",
        spot: false,
        compactPool: "backend",
        scaling: { min: 2, max: 8, cpu: 60, memory: 70, up: [25, 30], down: [5, 600] },
    },
    inventory: {
        namespace: "services",
        importance: "critical",
        servicePort: 8080,
        pool: "app",
        spot: false,
        compactPool: "backend",
        scaling: { min: 4, max: 16 },
    },
    notification: {
        namespace: "services",
        importance: "standard",
        servicePort: 8080,
        pool: "app",
        spot: true,
        compactPool: "backend",
        scaling: { min: 2, max: 8 },
    },
} as const satisfies Readonly<Record<string, ExpectedService>>;

export type ServiceName = keyof typeof shop;

/** Names of the nine services, in the order of the catalogue. */
export const serviceNames = Object.keys(shop) as readonly ServiceName[];

/** One value for each service. */
export function each<T>(value: (name: ServiceName, service: ExpectedService) => T): Record<string, T> {
    return Object.fromEntries(serviceNames.map((name) => [name, value(name, shop[name])]));
}

/** The same value for each service. */
export function same<T>(value: T): Record<string, T> {
    return each(() => value);
}

/** The labels that every object of a service has. */
export function expectedLabels(name: string, component: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": "ecommerce-platform",
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/managed-by": "pulumi",
    };
}

/** The labels that select a service's pods. */
export function expectedSelector(name: string): Record<string, string> {
    return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" };
}

/** The services that call stores, with the Secret of each store that requires credentials, by store (DB-17). */
const storeSecrets: Readonly<Partial<Record<ServiceName, Readonly<Record<string, string>>>>> = {
    user: {
        "postgres-rw": "postgres-user",
        "postgres-ro": "postgres-user",
        "valkey-state": "valkey-state-user",
    },
    product: {
        "postgres-rw": "postgres-product",
        "postgres-ro": "postgres-product",
        elasticsearch: "product-elasticsearch",
        "valkey-cache": "valkey-cache-product",
    },
    order: {
        "postgres-rw": "postgres-order",
        "postgres-ro": "postgres-order",
        "valkey-state": "valkey-state-order",
    },
    payment: { "postgres-rw": "postgres-payment" },
    inventory: { "postgres-rw": "postgres-inventory", "postgres-ro": "postgres-inventory" },
    // Kafka alone, which knows callers by their certificates.
    notification: {},
};

/** A Secret that a service reads as files. */
export interface ExpectedSecret {
    readonly volume: string;
    readonly secretName: string;
    readonly folder: string;
}

/** The Secrets of a service: its certificate and its stores' credentials, or none if it calls no store (SC-05, SC-06). */
export function expectedSecrets(name: ServiceName): ExpectedSecret[] {
    const stores = storeSecrets[name];
    if (stores === undefined) {
        return [];
    }
    const certificate = {
        volume: "certificate",
        secretName: `${name}-certificate`,
        folder: "/var/run/secrets/certificate",
    };
    const credentials = Object.entries(stores).map(([store, secretName]) => ({
        volume: `store-${store}`,
        secretName,
        folder: `/var/run/secrets/stores/${store}`,
    }));
    return [certificate, ...credentials];
}
