/** Environment variable with the names of resources, separated by commas, that are created and never get ready. */
export const UNREADY_VARIABLE = "ENGINE_TEST_UNREADY";
