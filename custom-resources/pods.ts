export interface CustomKind {
    readonly apiGroup: string;
    readonly kind: string;
}
