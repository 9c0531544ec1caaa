#!/bin/sh
# Makes a database for each court of the registry, each agency and the command centre; the image of PostgreSQL runs it once,
# when its volume is empty. By hand, as somebody who may make databases, for the role OWNER:
#   REGISTRY=deploy/courts.json POSTGRES_USER=postgres OWNER=nonet sh deploy/postgres/databases.sh
set -eu
registry=${REGISTRY:-/etc/nonet/courts.json}
for part in $(sed -n 's/^ *"code": "\([^"]*\)".*/\1/p' "$registry") bank vehicle property command; do
  createdb --username "$POSTGRES_USER" --owner "${OWNER:-$POSTGRES_USER}" --template template0 --encoding UTF8 --locale C.UTF-8 "nonet_$part"
done
