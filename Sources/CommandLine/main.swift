print("alex")
