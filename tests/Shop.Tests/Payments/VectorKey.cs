using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Tests.Payments;

/// <summary>The small key that the written examples are signed with.</summary>
internal static class VectorKey
{
    /// <summary>Signs and verifies.</summary>
    public static RSA Rsa { get; } = Make();

    /// <summary>Writes it into a folder, for its owner alone.</summary>
    /// <returns>The files of the private and of the public key.</returns>
    public static (string Private, string Public) WriteTo(string folder) =>
        (
            Accounts.Write(folder, "vector-key.pem", Encoding.ASCII.GetBytes(Rsa.ExportPkcs8PrivateKeyPem())),
            Accounts.Write(
                folder,
                "vector-public.pem",
                Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem())
            )
        );

    private static RSA Make()
    {
        var p = Number("3GFECbQnYaS2aBRgM1p+X25049O89YB2BZfHk+Ttzfk=");
        var q = Number("x1H9cbRzPYNiKUa/THAZiL0YYPJfoMnyhdpS3kaZP08=");
        var e = new BigInteger(65537);
        var d = Inverse(e, (p - 1) * (q - 1));
        return RSA.Create(
            new RSAParameters
            {
                P = Bytes(p, 32),
                Q = Bytes(q, 32),
                D = Bytes(d, 64),
                DP = Bytes(d % (p - 1), 32),
                DQ = Bytes(d % (q - 1), 32),
                InverseQ = Bytes(Inverse(q, p), 32),
                Modulus = Bytes(p * q, 64),
                Exponent = Bytes(e, 3),
            }
        );
    }

    private static BigInteger Number(string base64) =>
        new(Convert.FromBase64String(base64), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var (a, b, x, y) = (number, modulus, BigInteger.One, BigInteger.Zero);
        while (b != 0)
        {
            var quotient = a / b;
            (a, b) = (b, a % b);
            (x, y) = (y, x - quotient * y);
        }

        return (x % modulus + modulus) % modulus;
    }
}
