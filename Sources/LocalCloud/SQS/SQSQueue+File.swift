import Quantities
import Wire

/// A queue as a JSON document, so that messages survive a restart of the local cloud.
extension SQSQueue {
    package var json: JSONValue {
        [
            "name": .string(name), "createdAt": .number(Int(createdAt.microsecondsSinceEpoch)),
            "modifiedAt": .number(Int(modifiedAt.microsecondsSinceEpoch)),
            "settings": .object(settings.attributes.mapValues { .string($0) }),
            "messages": .array(messages.map(\.json)),
        ]
    }

    /// `nil` when the document is not one that ``json`` wrote.
    package init?(json: JSONValue) {
        guard let name = json["name"]?.string, let createdAt = Timestamp(json["createdAt"]),
            let modifiedAt = Timestamp(json["modifiedAt"]), let attributes = json["settings"]?.object,
            let messages = json["messages"]?.array
        else { return nil }
        var settings = SQSQueueSettings()
        do {
            for (name, value) in attributes { try settings.set(name, to: value.string ?? "") }
        } catch {
            return nil
        }
        self.init(name: name, settings: settings, at: createdAt)
        self.modifiedAt = modifiedAt
        for document in messages {
            guard let message = SQSMessage(json: document) else { return nil }
            self.messages.append(message)
        }
    }
}

extension SQSMessage {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "body": .string(body),
            "attributes": .object(
                attributes.mapValues {
                    ["type": .string($0.type), "value": .string(Base64.encode($0.bytes))]
                }),
            "systemAttributes": .object(systemAttributes.mapValues { .string($0) }),
            "sentAt": .number(Int(sentAt.microsecondsSinceEpoch)), "receiveCount": .number(receiveCount),
            "firstReceivedAt": firstReceivedAt.map { .number(Int($0.microsecondsSinceEpoch)) } ?? .null,
            "hiddenUntil": .number(Int(hiddenUntil.microsecondsSinceEpoch)),
            "deadLetterSource": .optional(deadLetterSource),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.string, let body = json["body"]?.string,
            let sentAt = Timestamp(json["sentAt"]), let hiddenUntil = Timestamp(json["hiddenUntil"]),
            let receiveCount = json["receiveCount"]?.int, let attributes = json["attributes"]?.object,
            let systemAttributes = json["systemAttributes"]?.object
        else { return nil }
        var read: [String: SQSMessageAttribute] = [:]
        for (name, attribute) in attributes {
            guard let type = attribute["type"]?.string,
                let bytes = attribute["value"]?.string.flatMap({ Base64.decode($0) })
            else { return nil }
            do { read[name] = try SQSMessageAttribute(type: type, bytes: bytes) } catch { return nil }
        }
        self.init(
            id: id, body: body, attributes: read,
            systemAttributes: systemAttributes.compactMapValues(\.string),
            sentAt: sentAt, receiveCount: receiveCount, firstReceivedAt: Timestamp(json["firstReceivedAt"]),
            hiddenUntil: hiddenUntil, deadLetterSource: json["deadLetterSource"]?.string)
    }
}

extension Timestamp {
    fileprivate init?(_ json: JSONValue?) {
        guard let microseconds = json?.int else { return nil }
        self.init(microsecondsSinceEpoch: Int64(microseconds))
    }
}
