// Creates the shop's collections and indexes in the database `db` of mongosh (MG-01). A second run changes nothing; an index
// of the same name with another definition is an error, and is left to a person.
"use strict";

const collections = {
    users: [{ key: { email: 1 }, options: { name: "users_email", unique: true } }],
    products: [
        {
            key: { name: "text", description: "text" },
            // As in PostgreSQL, where names weigh more, and words are not reduced to the stems of one language.
            options: { name: "products_search", weights: { name: 10, description: 4 }, default_language: "none" },
        },
        { key: { category: 1, price: 1 }, options: { name: "products_category_price" } },
    ],
    orders: [{ key: { user_id: 1, created_at: -1 }, options: { name: "orders_user_created" } }],
    categories: [],
    reviews: [{ key: { product_id: 1, rating: -1 }, options: { name: "reviews_product_rating" } }],
    analytics: [],
};

const existing = db.getCollectionNames();
for (const [name, indexes] of Object.entries(collections)) {
    if (!existing.includes(name)) {
        db.createCollection(name);
        print(`created collection ${name}`);
    }
    for (const { key, options } of indexes) {
        db.getCollection(name).createIndex(key, options);
        print(`index ${options.name} of ${name} exists`);
    }
}
