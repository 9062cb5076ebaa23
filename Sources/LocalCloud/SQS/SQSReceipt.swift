import Wire

/// What a receipt handle says; opaque to clients.
struct SQSReceipt: Equatable {
    let messageID: String
    let receiveCount: Int

    init(messageID: String, receiveCount: Int) {
        self.messageID = messageID
        self.receiveCount = receiveCount
    }

    init(handle: String) throws(SQSFailure) {
        guard let bytes = Base64.decode(handle), let text = String(validating: bytes, as: UTF8.self) else {
            throw .invalidReceiptHandle(handle)
        }
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[1]), !parts[0].isEmpty else {
            throw .invalidReceiptHandle(handle)
        }
        self.init(messageID: String(parts[0]), receiveCount: count)
    }

    var handle: String { Base64.encode("\(messageID)#\(receiveCount)".utf8) }
}
