kubectl expose deployment ${api} --port=80
