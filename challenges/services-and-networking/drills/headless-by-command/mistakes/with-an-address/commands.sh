kubectl expose deployment ${db} --port=5432
