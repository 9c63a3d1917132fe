import Bytes

extension CaptureRecords {
  /// A `conversion` record (WARC 1.1, section 6.7): another form of what the capture holds, with the
  /// capture's date and address, that refers to its answer.
  public func conversion(
    _ block: [UInt8], type: String, isCompressedAlready: Bool = false,
    using generator: inout some RandomNumberGenerator
  ) -> WARCRecord {
    var fields = records.first?.header.fields.filter { $0.name == "WARC-Target-URI" } ?? []
    fields += [
      ("WARC-Refers-To", primary.bracketed), ("WARC-Payload-Digest", SHA256.hash(block).labelled),
    ].compactMap { WARCField(escaping: $0.1, name: $0.0) }
    return WARCRecord(
      type: .conversion, id: RecordID(using: &generator), date: date, fields: fields,
      contentType: WARCField(escaping: type, name: "Content-Type"), block: block,
      isCompressedAlready: isCompressedAlready)
  }
}
