# Writes the most sold products to FILE: on each line an id, a space and the product as JSON.
set -eu
PGUSER=$(cat "$POSTGRES_RO_CREDENTIALS/username")
# Not an argument, which `ps` would show.
PGPASSWORD=$(cat "$POSTGRES_RO_CREDENTIALS/password")
export PGUSER PGPASSWORD PGCONNECT_TIMEOUT=10 PGSSLROOTCERT="$CERTIFICATE/ca.crt"
psql "postgresql://$POSTGRES_RO_ADDRESS/$POSTGRES_RO_DATABASE?sslmode=$POSTGRES_RO_SSL_MODE" \
    --no-psqlrc --set=ON_ERROR_STOP=1 --tuples-only --no-align --field-separator=' ' --output="$FILE" \
    --command="SELECT product_id, product FROM shop.popular_products($PRODUCTS)"
