kubectl expose deployment ${api}s --port=80 --target-port=${listen}
